// The tally follows each tap of the roll-call.
const roll = document.querySelector("[data-roll]");
if (roll) {
  const tally = document.querySelector("[data-tally]");
  const button = document.querySelector("[data-roll-done]");
  const count = () => {
    const rows = [...roll.querySelectorAll("[data-counted]")];
    const present = rows.filter((row) => row.querySelector("input[value=CO_MAT]").checked).length;
    const official = rows.filter((row) => row.dataset.counted === "CHINH_THUC");
    const came = official.filter((row) => row.querySelector("input[value=CO_MAT]").checked).length;
    const needed = Math.floor((official.length + document.querySelectorAll("[data-apart=votes]:checked").length) / 2) + 1;
    const share = rows.length ? `${(Math.round((present * 1000) / rows.length) / 10).toFixed(1).replace(".", ",")}%` : "không xác định";
    tally.querySelector("b").textContent = `Có mặt ${present}/${rows.length} = ${share}`;
    const others = rows.length - official.length;
    const probation = others ? ` Dự bị ${present - came}/${others}.` : "";
    tally.querySelector("span").textContent = `Chính thức ${came}/${official.length}, biểu quyết cần từ ${needed}.${probation}`;
    if (button) button.querySelector("span").textContent = `Xong: ${present}/${rows.length} có mặt`;
  };
  roll.addEventListener("change", count);
  document.querySelector("[data-all-present]")?.addEventListener("click", (event) => {
    event.preventDefault();
    roll.querySelectorAll("[data-counted] input[value=CO_MAT]").forEach((input) => { input.checked = true; });
    count();
    roll.querySelector("input[value=CO_MAT]")?.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.querySelectorAll("[data-apart]").forEach((box) => box.addEventListener("change", count));
  count();
}
