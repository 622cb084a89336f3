// Plus and minus beside the three numbers of a vote, and the verdict at once.
const votes = document.querySelector("[data-vote]");
if (votes) {
  // Who is not counted in this item changes its numbers at once; the server counts them again from the roll.
  const ticked = (name) => new Set([...votes.querySelectorAll(`[name=${name}]:checked`)].map((one) => one.value));
  const apart = () => ticked("conflicted").size;
  const gone = () => [...ticked("left_early")].filter((one) => !ticked("conflicted").has(one)).length;
  const present = Number(votes.dataset.present);
  const whole = Number(votes.dataset.base);
  const thirds = new Set((votes.dataset.twoThirds ?? "").split(","));
  const verdict = votes.querySelector("[data-verdict]");
  const number = (name) => Number(votes.querySelector(`[name=${name}]`).value || 0);
  const need = (base) => (thirds.has(votes.querySelector("[name=decision]")?.value) ? Math.ceil((2 * base) / 3) : Math.floor(base / 2) + 1);
  const judge = () => {
    const [yes, no, blank] = ["in_favour", "against", "blank"].map(number);
    const [most, base] = [present - apart() - gone(), whole - apart()];
    const cast = yes + no + blank;
    verdict.parentElement.classList.toggle("is-late", cast > most);
    verdict.parentElement.classList.toggle("is-soon", cast <= most && yes < need(base));
    const done = document.querySelector("[data-vote-done]");
    if (done) done.textContent = cast > most ? "Ghi biểu quyết" : `Ghi: ${yes}/${base} tán thành`;
    if (cast > most) verdict.textContent = `${cast} lớn hơn ${most} đồng chí có mặt được biểu quyết.`;
    else verdict.textContent = `${yes >= need(base) ? "Thông qua" : "Chưa đạt"}: ${yes}/${base}, cần từ ${need(base)}.`;
  };
  votes.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const field = button.parentElement.querySelector("input");
    field.value = Math.max(0, Number(field.value || 0) + Number(button.dataset.step));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    judge();
  });
  votes.addEventListener("input", judge);
  votes.addEventListener("change", judge);
  judge();
}
