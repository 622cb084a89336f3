// A tap on a phrase puts it at the end of its field, as if it were typed. Without this script the phrases are plain text.
for (const list of document.querySelectorAll("[data-phrases]")) {
  for (const item of list.children) {
    const button = item.querySelector("[data-phrase]");
    item.querySelector("[data-phrase-words]").hidden = true;
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = document.querySelector(`#buoc [name="${list.dataset.phrases}"]`);
      if (!field) return;
      field.value = [field.value.trimEnd(), button.textContent].filter(Boolean).join("\n");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.focus();
    });
  }
}
