// Each field with data-save is sent as it is left (and 5 s after the last letter), and the state is said in words.
// Without this script the page's own button saves everything.
//   <form data-save-url="…"> … <textarea name="conclusion" data-save> … <div data-save-state role="status">
// Sent: field, value, seen (the text this page last knew), key (the same for a retry), row (data-row, if any).
// Answers: {saved_at, seen} · 409 {theirs} · 401/403/redirect: signed out · {message}: refused in words.
const form = document.querySelector("[data-save-url]");
if (form) {
  const state = document.querySelector("[data-save-state]");
  const fields = [...form.querySelectorAll("[data-save]")];
  const known = new Map(fields.map((field) => [field, form.elements[`seen_${field.name}`]?.value ?? field.defaultValue]));
  const keys = new Map();
  const waiting = new Set();
  const sending = new Set();
  const LOOKS = { "": "draft", "is-local": "device", "is-sent": "sent", "is-failed": "offline" };

  const say = (words, look) => {
    if (!state) return;
    const icon = state.dataset.icons
      ? `<svg class="k-i" aria-hidden="true" focusable="false"><use href="${state.dataset.icons}#i-${LOOKS[look]}"></use></svg>` : "";
    state.className = `k-save ${look}`;
    state.innerHTML = `${icon}<span></span>`;
    state.querySelector("span").textContent = words;
  };
  const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
  const later = (field) => { clearTimeout(field.retry); field.retry = setTimeout(() => send(field), 5000); };

  async function send(field) {
    if (sending.has(field)) return;  // one at a time a field: the answer sends what was typed meanwhile
    const value = field.value;
    if (value === known.get(field)) { waiting.delete(field); return; }
    waiting.add(field);
    const attempt = keys.get(field);
    const key = attempt && attempt.value === value ? attempt.key : crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    keys.set(field, { value, key });
    say("Đang ghi…", "");
    const slow = setTimeout(() => say("Mạng chậm, vẫn đang gửi.", "is-local"), 4000);
    const body = new URLSearchParams({ field: field.name, value, seen: known.get(field), key });
    if (field.dataset.row) body.set("row", field.dataset.row);
    sending.add(field);
    try {
      const answer = await fetch(form.dataset.saveUrl, {
        method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token(), Accept: "application/json" },
      });
      clearTimeout(slow);
      await heard(field, value, answer);
    } catch {
      clearTimeout(slow);
      say("Mất mạng. Chữ vẫn còn trên trang, có mạng sẽ tự gửi.", "is-local");
      later(field);
    } finally {
      sending.delete(field);
    }
    if (field.value !== value && !field.closest("form").querySelector(".k-choose")) later(field);
  }

  async function heard(field, value, answer) {
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      say("Đã lâu không thao tác. Đăng nhập lại ở một trang khác rồi quay lại đây, chữ vừa gõ vẫn còn.", "is-failed");
      later(field);
      return;
    }
    const told = await answer.json().catch(() => ({}));
    if (answer.status === 409) { differ(field, told.theirs ?? ""); return; }
    if (!answer.ok) {
      say(told.message || "Chưa gửi được, sẽ tự gửi lại. Chữ vẫn còn trên trang.", "is-failed");
      if (answer.status >= 500) later(field);
      return;
    }
    known.set(field, told.seen);
    const shadow = form.elements[`seen_${field.name}`];
    if (shadow) shadow.value = told.seen;
    if (field.value === value) { waiting.delete(field); if (field !== document.activeElement) field.value = told.seen; known.set(field, field.value); }
    if (waiting.size === 0) say(`Đã gửi lúc ${told.saved_at}`, "is-sent");
  }

  // Two texts side by side and three choices; nothing is thrown away unseen.
  function differ(field, theirs) {
    say("Đoạn này có hai bản. Chọn bản để giữ.", "is-failed");
    field.parentElement.querySelector(".k-choose")?.remove();
    const mine = field.value;
    const box = document.createElement("div");
    box.className = "k-note is-soon k-choose";
    box.setAttribute("role", "alert");
    box.innerHTML = `<div><b>Đoạn này có hai bản.</b> Một đồng chí khác vừa ghi. Chọn bản để giữ.
      <div class="k-two"><div><b>Bản của đồng chí</b><p class="k-official"></p></div><div><b>Bản vừa ghi</b><p class="k-official"></p></div></div>
      <div class="k-actions"></div></div>`;
    const [first, second] = box.querySelectorAll("p");
    first.textContent = mine || "(trống)";
    second.textContent = theirs || "(trống)";
    const keep = (words, text) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-outline-secondary";
      button.textContent = words;
      button.addEventListener("click", () => {
        known.set(field, theirs);
        const shadow = form.elements[`seen_${field.name}`];
        if (shadow) shadow.value = theirs;
        field.value = text;
        box.remove();
        field.focus();
        if (text === theirs) { waiting.delete(field); say("Đã giữ bản vừa ghi.", "is-sent"); } else send(field);
      });
      box.querySelector(".k-actions").append(button);
    };
    keep("Giữ bản của tôi", mine);
    keep("Giữ bản vừa ghi", theirs);
    keep("Ghép cả hai", [theirs, mine].filter(Boolean).join("\n"));
    field.after(box);
  }

  for (const field of fields) {
    field.addEventListener("change", () => send(field));
    field.addEventListener("input", () => {
      waiting.add(field);
      clearTimeout(field.pause);
      field.pause = setTimeout(() => send(field), 5000);
    });
  }
  // Marks, choices and words of the other fields are kept for this page until its button is pressed.
  let pause, going;
  const own = (field) => field.name && !field.dataset.save && field.dataset.save !== "" && !/^(seen_|csrf)/.test(field.name);
  async function hold() {
    if (sent) return;
    const body = new URLSearchParams({ draft: "1" });
    const saved = new Set(fields.flatMap((field) => [field.name, `seen_${field.name}`]));
    for (const [name, value] of new FormData(form)) if (!saved.has(name)) body.append(name, value);
    say("Đang ghi…", "");
    going = new AbortController();
    try {
      const answer = await fetch(location.pathname, {
        method: "POST", body, redirect: "manual", signal: going.signal, headers: { Accept: "application/json", "X-CSRFToken": token() },
      });
      const told = await answer.json().catch(() => ({}));
      if (answer.ok && told.saved_at) say(`Đã giữ lúc ${told.saved_at}. Bấm nút để ghi.`, "is-sent");
      else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) say("Đã lâu không thao tác. Bấm nút rồi đăng nhập lại, phần vừa ghi vẫn còn.", "is-failed");
      else { say(told.message || "Chưa gửi được, sẽ tự gửi lại. Chữ vẫn còn trên trang.", "is-failed"); if (answer.status >= 500) pause = setTimeout(hold, 5000); }
    } catch (stopped) {
      if (stopped.name === "AbortError") return;
      say("Mất mạng. Chữ vẫn còn trên trang, có mạng sẽ tự gửi.", "is-local");
      pause = setTimeout(hold, 5000);
    }
  }
  let sent = false;
  const holdIn = (time) => (event) => {
    if (!own(event.target)) return;
    clearTimeout(pause);
    pause = setTimeout(hold, time);
  };
  form.addEventListener("change", holdIn(300));
  form.addEventListener("input", holdIn(5000));
  form.addEventListener("submit", () => { sent = true; clearTimeout(pause); going?.abort(); });
  window.addEventListener("pageshow", () => { sent = false; });

  form.addEventListener("submit", () => waiting.clear());
  window.addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
  window.addEventListener("online", () => waiting.forEach(send));
}
