// Shows or hides the password, so that a typing method playing tricks is seen; offers the passkey where it can work.
for (const box of document.querySelectorAll("[data-password]")) {
  const input = box.querySelector("input");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-link k-show-password";
  const say = () => { button.textContent = input.type === "password" ? "Hiện mật khẩu" : "Che mật khẩu"; };
  button.addEventListener("click", () => { input.type = input.type === "password" ? "text" : "password"; say(); input.focus(); });
  say();
  input.closest("div").append(button);
}
for (const button of document.querySelectorAll("[data-needs-script]")) {
  if (window.PublicKeyCredential) button.hidden = false;
}
