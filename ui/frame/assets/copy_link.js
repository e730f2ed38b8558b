// Copies the address of the view. The clipboard of the browser needs a secure address; a dashboard that is opened by
// the number of its machine has none, so there the text is selected and copied as in older browsers.
const SHOWN_MS = 2000

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text)
  const field = document.body.appendChild(document.createElement("textarea"))
  field.value = text
  field.select()
  const isCopied = document.execCommand("copy")
  field.remove()
  if (!isCopied) throw new Error("the browser refused to copy")
}

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button")
  const label = button.querySelector("span")
  button.onclick = async () => {
    const address = new URL(window.location.href)
    address.searchParams.set("release", data.release)
    try {
      await copy(address.href)
      label.textContent = "Copied"
    } catch {
      label.textContent = "Copy the address of the browser"
    }
    setTimeout(() => (label.textContent = "Copy link"), SHOWN_MS)
  }
}
