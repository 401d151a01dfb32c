export function errorSummary() {
  document.querySelector("[data-error-summary]")?.focus();
}
