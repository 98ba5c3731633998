// Passkeys and security keys: hands the page's button to the library's script, where the browser knows keys.
document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("[data-passkey]");
  if (!button || !window.PublicKeyCredential || !window.allauth) return;
  const kind = button.dataset.passkey;
  const ids = { [kind]: button.id, credential: button.dataset.credential, passwordless: button.dataset.passwordless };
  if (document.getElementById("passkey_data")) ids.data = "passkey_data";
  const forms = window.allauth.webauthn.forms;
  ({ add: forms.addForm, authenticate: forms.authenticateForm, login: forms.loginForm })[kind]({ ids });
  button.hidden = false;
  const form = button.closest("[data-passkey-form]");
  if (form) form.hidden = false;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-error]").forEach((line) => { line.hidden = false; });
  });
});
