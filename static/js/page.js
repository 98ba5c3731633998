// Small comforts; every page works without them.

// Clocks: the page carries the server's time, the browser only adds what has elapsed since.
const two = (n) => String(n).padStart(2, "0");
const began = performance.now();
const elapsed = () => performance.now() - began;

function countDown(box) {
  const left = Date.parse(box.dataset.until) - Date.parse(box.dataset.now);
  const parts = box.querySelectorAll("b");
  const tick = () => {
    const s = Math.max(0, Math.floor((left - elapsed()) / 1000));
    [Math.floor(s / 86400), two(Math.floor(s / 3600) % 24), two(Math.floor(s / 60) % 60), two(s % 60)].forEach((text, i) => {
      if (parts[i] && parts[i].textContent !== String(text)) parts[i].textContent = text;
    });
  };
  tick();
  setInterval(tick, 1000);
}

function showClock(time) {
  const served = Date.parse(time.dataset.clock);
  const text = time.textContent;
  setInterval(() => {
    const china = new Date(served + elapsed() + 8 * 3600 * 1000);
    const same = new Date(served + 8 * 3600 * 1000).getUTCDate() === china.getUTCDate();
    if (same) time.textContent = text.replace(/\d{2}:\d{2}:\d{2}/, china.toISOString().slice(11, 19));
  }, 1000);
}

// Leaving a form with something typed asks first.
let unsaved = false;
document.addEventListener("input", (event) => {
  if (event.target.form && event.target.form.hasAttribute("data-unsaved")) unsaved = true;
});
document.addEventListener("submit", () => { unsaved = false; });
document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful && event.target.hasAttribute("data-unsaved")) unsaved = false; });
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

// A second click while the first is on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post") { form.dataset.sent = "yes"; setTimeout(() => delete form.dataset.sent, 8000); }
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// Rows of a form: add one from the empty row, grey one that will be removed.
function addRows(box) {
  const total = document.querySelector(`[name="${box.dataset.rows}-TOTAL_FORMS"]`);
  const most = document.querySelector(`[name="${box.dataset.rows}-MAX_NUM_FORMS"]`);
  const button = box.querySelector("[data-add-row]");
  const body = box.querySelector("tbody");
  button.hidden = false;
  button.addEventListener("click", () => {
    if (Number(total.value) >= Number(most.value)) { button.hidden = true; return; }
    const row = box.querySelector("template").content.firstElementChild.cloneNode(true);
    row.innerHTML = row.innerHTML.replaceAll("__prefix__", total.value);
    total.value = Number(total.value) + 1;
    body.append(row);
    row.querySelector("input:not([type=hidden]), select, textarea").focus();
  });
  box.addEventListener("change", (event) => {
    if (event.target.name.endsWith("-DELETE")) event.target.closest("tr").classList.toggle("gone", event.target.checked);
  });
}

// An open menu closes on Escape and on a click elsewhere.
const menus = "details.jb-drop, details.jb-menu";
document.addEventListener("click", (event) => {
  document.querySelectorAll(menus).forEach((menu) => { if (menu.open && !menu.contains(event.target)) menu.open = false; });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll(menus).forEach((menu) => {
    if (menu.open) { menu.open = false; menu.querySelector("summary").focus(); }
  });
});

// On a phone the filters are folded until somebody wants them.
if (matchMedia("(max-width: 47.99rem)").matches) document.querySelectorAll("details.jb-facets").forEach((facets) => { facets.open = false; });

document.querySelectorAll("[data-until]").forEach(countDown);
document.querySelectorAll("[data-clock]").forEach(showClock);
document.querySelectorAll("[data-rows]").forEach(addRows);
document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => print()); });
