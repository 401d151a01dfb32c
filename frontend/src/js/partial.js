// The answer to a form takes the place of the parts that the button or the form names, its own first, without a new page.
// Whatever goes wrong, the form is sent in the plain way.
export function partial() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const { submitter } = event;
    const partial = submitter?.dataset.partial ?? form.dataset?.partial;
    // Another language is another page, not a part of this one.
    if (!partial || form.method !== "post" || submitter?.name === "switch") return;
    event.preventDefault();
    if (submitter) submitter.ariaBusy = "true";
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form, submitter)),
        headers: { "X-Partial": "1" },
      });
      // 422: something is missing, and the answer says what.
      if (!response.ok && response.status !== 422) throw new Error(response.status);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const parts = partial.split(",");
      const fresh = parts.map((part) => document.adoptNode(page.querySelector(part)));
      parts.forEach((part, place) => document.querySelector(part).replaceWith(fresh[place]));
      (fresh[0].querySelector("[data-error-summary]") ?? fresh[0].querySelector("[data-focus]"))?.focus();
    } catch {
      if (submitter?.name) {
        const choice = document.createElement("input");
        Object.assign(choice, { type: "hidden", name: submitter.name, value: submitter.value });
        form.append(choice);
      }
      HTMLFormElement.prototype.submit.call(form);
    }
  });
}
