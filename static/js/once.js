// A form is sent once: the button says so and waits. The server holds a one-time key as well.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sending) { event.preventDefault(); return; }
  form.dataset.sending = "1";
  const button = event.submitter;
  if (!button || button.tagName !== "BUTTON") return;
  const words = button.innerHTML;
  // The value of the button still travels: it is disabled only after the browser has read the form.
  setTimeout(() => { button.disabled = true; button.textContent = "Đang gửi…"; }, 0);
  setTimeout(() => { if (button.disabled) button.textContent = "Mạng chậm, vẫn đang gửi…"; }, 4000);
  window.addEventListener("pageshow", () => { delete form.dataset.sending; button.disabled = false; button.innerHTML = words; }, { once: true });
});
