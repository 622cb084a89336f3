// The reader starts where it matters: at the list of errors, or at the new heading after a part was replaced.
const start = document.querySelector("[data-focus]");
if (start) start.focus();
document.addEventListener("htmx:afterSwap", (event) => {
  const heading = event.detail.target.querySelector("h2[tabindex='-1']");
  if (heading) heading.focus();
});
// Escape closes the fold that holds the focus, or was just opened, and gives the focus back to its heading.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const fold = document.activeElement.closest("details[open]") || document.querySelector(".k-tabs-more[open]");
  if (!fold) return;
  const heading = fold.querySelector("summary");
  if (!heading.checkVisibility()) return;
  fold.open = false;
  heading.focus();
});
