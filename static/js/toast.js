// What was done leaves after ten seconds, unless a pointer or the focus rests on it. Warnings stay.
const toasts = document.querySelectorAll("[data-toast].is-success, [data-toast].is-info");
for (const toast of toasts) {
  let left;
  const start = () => { left = setTimeout(() => toast.remove(), 10000); };
  const stay = () => clearTimeout(left);
  toast.addEventListener("pointerenter", stay);
  toast.addEventListener("focusin", stay);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusout", start);
  start();
}
