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
  const device = window.device?.able ? window.device : null;
  const noNetwork = () => device ? "Mất mạng. Đã lưu trên máy, có mạng sẽ tự gửi." : "Mất mạng. Chữ vẫn còn trên trang, có mạng sẽ tự gửi.";
  const keepHere = (field, merged) => device?.keepText(field, known.get(field), merged).then(() => {
    if (waiting.has(field) && !sending.has(field)) say("Đã lưu trên máy.", "is-local");
  }).catch(() => {});
  const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
  const later = (field) => { clearTimeout(field.retry); field.retry = setTimeout(() => send(field), 5000); };

  async function send(field) {
    if (sending.has(field)) return;  // one at a time a field: the answer sends what was typed meanwhile
    const value = field.value;
    if (value === known.get(field)) { waiting.delete(field); device?.drop(field.name); return; }
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
      say(noNetwork(), "is-local");
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
    const before = known.get(field);
    known.set(field, told.seen);
    const shadow = form.elements[`seen_${field.name}`];
    if (shadow) shadow.value = told.seen;
    if (field.value === value) {
      waiting.delete(field);
      if (field !== document.activeElement) field.value = told.seen;
      known.set(field, field.value);
      device?.came(field, before);
    } else keepHere(field);
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
        if (text === theirs) { waiting.delete(field); device?.drop(field.name); say("Đã giữ bản vừa ghi.", "is-sent"); } else send(field);
      });
      box.querySelector(".k-actions").append(button);
    };
    keep("Giữ bản của tôi", mine);
    keep("Giữ bản vừa ghi", theirs);
    keep("Ghép cả hai", [theirs, mine].filter(Boolean).join("\n"));
    field.after(box);
    box.scrollIntoView({ block: "center" });
  }

  for (const field of fields) {
    field.addEventListener("change", () => send(field));
    field.addEventListener("input", () => {
      waiting.add(field);
      keepHere(field);
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
      say(noNetwork(), "is-local");
      pause = setTimeout(hold, 5000);
    }
  }
  let sent = false;
  const holdIn = (time) => (event) => {
    if (!own(event.target)) return;
    clearTimeout(pause);
    pause = setTimeout(hold, time);
  };
  const keepRest = (event) => {
    if (!own(event.target)) return;
    device?.keepForm().then(() => { if (!sent && event.type === "input") say("Đã lưu trên máy.", "is-local"); }).catch(() => {});
  };
  form.addEventListener("change", keepRest);
  form.addEventListener("input", keepRest);
  form.addEventListener("change", holdIn(300));
  form.addEventListener("input", holdIn(5000));
  form.addEventListener("submit", () => { sent = true; clearTimeout(pause); going?.abort(); });
  window.addEventListener("pageshow", () => { sent = false; });

  form.addEventListener("submit", () => waiting.clear());
  window.addEventListener("beforeunload", (event) => { if (waiting.size && !device) event.preventDefault(); });
  window.addEventListener("online", () => waiting.forEach(send));

  // What this device still holds of this page is put back: the person's own words first, another's beside them.
  function putBackText(field, kept) {
    if (kept.value === field.value) return device.drop(field.name);
    const stored = field.value;
    if (kept.came && stored !== kept.seen) return device.drop(field.name);  // written anew since
    field.value = kept.value;
    waiting.add(field);
    if (stored === kept.seen || stored === "") { known.set(field, stored); send(field); } else differ(field, stored);
  }
  // A field the person has reached first keeps what was typed there now.
  const touched = new Set();
  for (const name of ["input", "change"]) form.addEventListener(name, (event) => touched.add(event.target.name));
  function putBackForm(kept) {
    let isChanged = false;
    const ticked = new Set(kept.fields.map(([name, value]) => `${name}=${value}`));
    for (const input of form.querySelectorAll("input[type=radio], input[type=checkbox]")) {
      const is = ticked.has(`${input.name}=${input.value}`);
      if (!touched.has(input.name) && input.checked !== is) { input.checked = is; isChanged = true; }
    }
    for (const [name, value] of kept.fields) {
      const input = form.elements[name];
      if (!input || touched.has(name) || input instanceof RadioNodeList || ["radio", "checkbox", "submit"].includes(input.type) || input.value === value) continue;
      input.value = value;
      isChanged = true;
    }
    if (form.elements.once && kept.once) form.elements.once.value = kept.once;
    if (isChanged) {
      form.querySelectorAll("[data-roll], [data-vote]").forEach((part) => part.querySelector("input")?.dispatchEvent(new Event("input", { bubbles: true })));
      form.querySelector("[data-roll] input")?.dispatchEvent(new Event("change", { bubbles: true }));
      say("Đã điền lại phần gõ dở còn trên máy này. Xem lại rồi bấm nút.", "is-local");
    }
  }
  function note(words, text) {
    const box = document.createElement("div");
    box.className = "k-note is-soon mt-2";
    const told = document.createElement("div");
    told.append(Object.assign(document.createElement("b"), { textContent: words }), " ", text);
    box.append(told);
    form.before(box);
    return box;
  }
  async function putBack() {
    const found = await device.mine();
    for (const [name, kept] of found.texts) {
      const field = fields.find((one) => one.name === name);
      if (field) await putBackText(field, kept);
    }
    if (found.form) putBackForm(found.form);
    const place = form.querySelector("textarea:not([hidden])");
    const done = new Set([...found.texts.values()].flatMap((kept) => kept.merged ?? []));
    for (const { id, text } of found.sealed) {
      if (place && !done.has(id)) {
        place.value = [place.value, text].filter(Boolean).join("\n");
        if (fields.includes(place)) { waiting.add(place); await keepHere(place, [id]); send(place); } else { await device.keepForm(); hold(); }
      } else if (!place) { note("Ghi khi mất mạng: ", text); continue; }
      await device.remove(id);
    }
    if (found.elsewhere.size) {
      const list = document.createElement("span");
      for (const address of found.elsewhere) {
        const named = [...document.querySelectorAll("#cac-buoc a")].find((link) => link.getAttribute("href") === address);
        if (!named) continue;
        list.append(" ", Object.assign(document.createElement("a"), { href: address, textContent: named.textContent.trim() }));
      }
      if (list.childNodes.length) note("Trên máy này còn chữ chưa gửi ở bước:", list);
    }
    form.dataset.putBack = "1";
  }
  if (device) putBack().catch(() => { form.dataset.putBack = "failed"; });
}
