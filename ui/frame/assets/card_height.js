// An embedded card tells the page around it how high it is; the script of the code to embed it sets the height there.

const BLOCK = '[data-testid="stMainBlockContainer"]'

export default function () {
  const block = document.querySelector(BLOCK)
  const content = block?.firstElementChild
  if (!content || window.parent === window) return
  const tell = () => {
    const { paddingTop, paddingBottom } = getComputedStyle(block)
    const height = content.getBoundingClientRect().height + parseFloat(paddingTop) + parseFloat(paddingBottom)
    window.parent.postMessage({ cardHeight: Math.ceil(height) }, "*") // a number, which any page around may know
  }
  const observer = new ResizeObserver(tell)
  observer.observe(content)
  return () => observer.disconnect()
}
