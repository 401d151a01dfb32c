// Enter in a field presses the first button of its form. Where that is the language switch in the header,
// it presses the button of the field's own exercise instead, or none.
export function enterKey() {
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.key !== "Enter" || target.localName !== "input") return;
    const first = [...(target.form?.elements ?? [])].find(({ type }) => type === "submit");
    if (!first?.matches("[data-language-switch]")) return;
    event.preventDefault();
    target.closest(".practice")?.querySelector("[type=submit]")?.click();
  });
}
