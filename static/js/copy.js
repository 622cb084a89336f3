// Copy one field with a tap; without scripts the text is there to be selected.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.querySelector(button.dataset.copy);
    const words = button.textContent;
    try {
      await navigator.clipboard.writeText(field.textContent);
      button.textContent = "Đã chép";
    } catch {
      const range = document.createRange();
      range.selectNodeContents(field);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      button.textContent = "Đã chọn chữ, bấm Chép của máy";
    }
    setTimeout(() => { button.textContent = words; }, 4000);
  });
}
