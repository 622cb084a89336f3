// Plus and minus beside the three numbers of a vote, and the verdict at once.
const votes = document.querySelector("[data-vote]");
if (votes) {
  const most = Number(votes.dataset.present);
  const base = Number(votes.dataset.base);
  const verdict = votes.querySelector("[data-verdict]");
  const number = (name) => Number(votes.querySelector(`[name=${name}]`).value || 0);
  const need = () => (votes.querySelector("[name=threshold]").value === "HAI_PHAN_BA" ? Math.ceil((2 * base) / 3) : Math.floor(base / 2) + 1);
  const judge = () => {
    const [yes, no, blank] = ["in_favour", "against", "blank"].map(number);
    const cast = yes + no + blank;
    verdict.parentElement.classList.toggle("is-late", cast > most);
    verdict.parentElement.classList.toggle("is-soon", cast <= most && yes < need());
    const done = document.querySelector("[data-vote-done]");
    if (done) done.textContent = cast > most ? "Ghi biểu quyết" : `Ghi: ${yes}/${base} tán thành`;
    if (cast > most) verdict.textContent = `${cast} lớn hơn ${most} đồng chí có mặt được biểu quyết.`;
    else verdict.textContent = `${yes >= need() ? "Thông qua" : "Chưa đạt"}: ${yes}/${base}, cần từ ${need()}.`;
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
  judge();
}
