// Each field with data-save is sent as it is left, and the state is said in words. Without this script the
// page's own button saves everything.
//   <form data-save-url="…"> … <textarea name="conclusion" data-save> … <p data-save-state role="status">
const form = document.querySelector("[data-save-url]");
if (form) {
  const state = document.querySelector("[data-save-state]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const seen = new Map();
  const waiting = new Map();
  const say = (words, look) => { if (state) { state.textContent = words; state.className = `k-save ${look}`; } };
  const fields = [...form.querySelectorAll("[data-save]")];
  fields.forEach((field) => seen.set(field, field.defaultValue));

  async function send(field) {
    const value = field.value;
    const was = seen.get(field);
    if (value === was) { waiting.delete(field); return; }
    waiting.set(field, value);
    say("Đang ghi…", "is-local");
    const body = new URLSearchParams({ field: field.name, value, seen: was, csrfmiddlewaretoken: token });
    if (field.dataset.row) body.set("row", field.dataset.row);
    let answer;
    try {
      answer = await fetch(form.dataset.saveUrl, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" }, redirect: "manual" });
    } catch {
      say("Mất mạng. Chữ vẫn còn trên trang, có mạng sẽ tự gửi.", "is-local");
      setTimeout(() => send(field), 5000);
      return;
    }
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      say("Đã lâu không thao tác. Đăng nhập lại ở một trang khác rồi quay lại đây, chữ vừa gõ vẫn còn.", "is-failed");
      return;
    }
    if (answer.status === 409) { differ(field, await answer.json()); return; }
    if (!answer.ok) {
      const told = await answer.json().catch(() => ({}));
      say(told.message || "Chưa gửi được, sẽ gửi lại.", "is-failed");
      if (answer.status >= 500) setTimeout(() => send(field), 5000);
      return;
    }
    const stored = await answer.json();
    seen.set(field, stored.seen);
    if (field.value === value) { field.value = stored.seen; waiting.delete(field); }
    if (waiting.size === 0) say(`Đã gửi lúc ${stored.saved_at}`, "is-sent");
  }

  // Two texts side by side; the reader chooses, nothing is thrown away unseen.
  function differ(field, told) {
    say("Đoạn này có hai bản. Chọn bản để giữ.", "is-failed");
    field.parentElement.querySelector(".k-two")?.remove();
    const two = document.createElement("div");
    two.className = "k-two";
    two.setAttribute("role", "alert");
    for (const [words, text, keep] of [["Bản của đồng chí", field.value, field.value], ["Bản người khác vừa ghi", told.theirs, told.theirs]]) {
      const box = document.createElement("div");
      const name = document.createElement("b");
      const quote = document.createElement("p");
      const button = document.createElement("button");
      name.textContent = words;
      quote.textContent = text || "(trống)";
      button.type = "button";
      button.className = "btn btn-outline-secondary";
      button.textContent = "Giữ bản này";
      button.addEventListener("click", () => { seen.set(field, told.theirs); field.value = keep; two.remove(); send(field); if (keep === told.theirs) { waiting.delete(field); say("Đã giữ bản người khác ghi.", "is-sent"); } });
      box.append(name, quote, button);
      two.append(box);
    }
    field.after(two);
  }

  fields.forEach((field) => {
    field.addEventListener("change", () => send(field));
    field.addEventListener("input", () => { waiting.set(field, field.value); clearTimeout(field.timer); field.timer = setTimeout(() => send(field), 5000); });
  });
  form.addEventListener("submit", () => waiting.clear());
  window.addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
  window.addEventListener("online", () => waiting.forEach((_, field) => send(field)));
}
