// The reader starts where it matters: at the list of errors, or at the new heading after a part was replaced.
const start = document.querySelector("[data-focus]");
if (start) start.focus();
document.addEventListener("htmx:afterSwap", (event) => {
  const heading = event.detail.target.querySelector("h2[tabindex='-1']");
  if (heading) heading.focus();
});
