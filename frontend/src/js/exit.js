const PRESSES = 3;
const PAUSE = 5000;

export function exitThisPage() {
  const button = document.querySelector("[data-exit-leaving]");
  if (!button) return;

  const status = document.createElement("p");
  status.className = "usa-sr-only";
  status.setAttribute("role", "status");
  document.body.append(status);

  const leave = (event) => {
    event?.preventDefault();
    const overlay = document.createElement("div");
    overlay.className = "exit-overlay";
    document.body.append(overlay);
    document.title = "…";
    status.textContent = button.dataset.exitLeaving;
    location.replace(button.href);
  };
  for (const link of document.querySelectorAll("[data-exit]")) link.addEventListener("click", leave);

  let presses = 0;
  let forget;
  const reset = () => {
    presses = 0;
    status.textContent = "";
  };
  document.addEventListener("keyup", (event) => {
    clearTimeout(forget);
    if (event.key !== "Shift") return reset();
    presses += 1;
    if (presses === PRESSES) return leave();
    status.textContent = presses === 1 ? button.dataset.exitTwo : button.dataset.exitOne;
    forget = setTimeout(reset, PAUSE);
  });

  // Going back must not meet a blank page kept in the browser's memory.
  addEventListener("pageshow", (event) => {
    if (event.persisted && document.querySelector(".exit-overlay")) location.reload();
  });
}
