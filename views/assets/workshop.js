// Keys, buttons and display of the slides in the workshop mode.
//
// The server renders all slides in advance and the style sheet hides them, so this script can show another one at once.
// It reports the slide to the server afterwards, which moves the map and updates the URL.

const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " "]
const PREVIOUS = ["ArrowLeft", "ArrowUp", "PageUp"]
const ACTIONS = { f: "screen", n: "notes", b: "blank", ".": "blank", "?": "keys", Escape: "leave" }
// While a slide is still being rendered, the previous one stays visible for at most this long.
const RENDER_TIMEOUT_MS = 15000
const RENDER_POLL_MS = 16
// Ignore replies to earlier requests for this long. We send the absolute step number, so fast key presses are not lost.
const STALE_REPLY_MS = 5000
const RESIZE_DELAY_MS = 250
const SECTORS = '.st-key-workshop_filters [data-testid="stButtonGroup"]'
const CLOCK_TICK_MS = 1000
const MAX_NARROW_PX = 900 // the breakpoint of the style sheets
// Font size of the texts of a figure, of the size of the other texts: the largest that fits.
const MAX_FIT = 2.2
const MIN_FIT_PX = 15
const POSITION_REQUEST = "position?" // from a notes window to the main window
const BLANK_REQUEST = "blank" // the same
const STARTED_KEY = "workshop-started" // session storage: when the first slide was shown, in milliseconds

// The server draws charts and map for a window of 1280 by 720 pixels, multiplied by this scale. In a narrow window, such
// as a phone, the slides scroll: its scale is that of the width alone, as a negative number.
const roundedScale = () => Math.round(Math.min(innerWidth / 1280, innerHeight / 720) * 10) / 10
const isNarrow = () => innerWidth <= MAX_NARROW_PX
const narrowScale = () => -Math.max(3, Math.round(innerWidth / 128)) / 10
const windowScale = () => (isNarrow() ? narrowScale() : Math.min(4, Math.max(0.5, roundedScale())))

// Streamlit calls the exported function again on every run; this state has to survive from one run to the next.
let currentStep = 0 // the step requested last
let placedMapStep = null // the map step whose figure the map lies on
let pendingTurn = null // {step, time} of the turn that the server has not confirmed yet
let removeListeners = () => {}
let lastFilters = null
let isBlank = false
let areKeysShown = false
let startedAt = Number(sessionStorage.getItem(STARTED_KEY)) || 0
// One channel for all runs: a message sent while a run closes its own channel and opens another would be lost.
const channel = new BroadcastChannel("workshop")

const containerOf = (step) => document.querySelector(`.st-key-workshop_step_${step}`)

// The footer of a slide is rendered last. The container of a chart exists before the chart does, hence the second check.
const isRendered = (step) => {
  const container = containerOf(step)
  if (!container?.querySelector(".workshop-footer")) return false
  const charts = [...container.querySelectorAll('[class*="st-key-workshop_chart"]')]
  return charts.every((chart) => chart.querySelector("svg.main-svg text"))
}

// Gives the texts of a figure the largest font size with which all of them fit. In a narrow window the slide scrolls.
function fitTexts(step) {
  for (const text of containerOf(step)?.querySelectorAll(".workshop-fit") ?? []) {
    text.style.fontSize = ""
    if (isNarrow()) continue
    const base = parseFloat(getComputedStyle(text).fontSize)
    const fits = (size) => {
      text.style.fontSize = `${size}px`
      return text.scrollHeight <= text.clientHeight + 1 && text.scrollWidth <= text.clientWidth + 1
    }
    let [low, high] = [MIN_FIT_PX, base * MAX_FIT]
    while (high - low > 0.5) {
      const middle = (low + high) / 2
      if (fits(middle)) low = middle
      else high = middle
    }
    fits(low)
  }
}

// The style sheet that makes one slide visible. Its data-step is the number of that step.
function visibilitySheet() {
  const existing = document.getElementById("shown-step")
  if (existing) return existing
  const sheet = document.head.appendChild(document.createElement("style"))
  sheet.id = "shown-step"
  return sheet
}

function writeSheet(step, mapSteps) {
  const isMap = mapSteps.includes(step)
  const map = `${isMap ? "opacity: 1 !important; display: flex !important;" : ""} ${mapInset(step, mapSteps)}`
  visibilitySheet().textContent =
    `.st-key-workshop .st-key-workshop_step_${step} {visibility: visible !important; display: flex !important}` +
    ` .st-key-workshop .st-key-workshop_map {${map}}`
}

// The map lies on the figure of its slide. It keeps its size at slides without a map, so that it is not drawn again in
// view. In a narrow window the style sheet makes it static.
function mapInset(step, mapSteps) {
  if (mapSteps.includes(step)) placedMapStep = step
  else if (!mapSteps.includes(placedMapStep)) placedMapStep = mapSteps[0]
  const figure = document.querySelector(`.st-key-workshop_figure_${placedMapStep}`)
  if (!figure) return ""
  const area = document.querySelector(".st-key-workshop").getBoundingClientRect()
  const place = figure.getBoundingClientRect()
  return `top: ${place.top - area.top}px; bottom: ${area.bottom - place.bottom}px`
}

function show(step, mapSteps, since = performance.now()) {
  if (currentStep !== step) return // turned again while waiting
  if (!isRendered(step) && performance.now() - since < RENDER_TIMEOUT_MS) {
    // Not requestAnimationFrame: browsers suspend it in a window that is covered by another.
    setTimeout(() => show(step, mapSteps, since), RENDER_POLL_MS)
    return
  }
  fitTexts(step)
  const sheet = visibilitySheet()
  writeSheet(step, mapSteps)
  // The map is nearly transparent, not hidden; inert keeps it from focus and from screen readers.
  document.querySelector(".st-key-workshop_map")?.toggleAttribute("inert", !mapSteps.includes(step))
  if (isNarrow() && sheet.dataset.step !== String(step)) document.querySelector(".st-key-workshop")?.scrollIntoView()
  sheet.dataset.step = step
}

function start(time) {
  startedAt = time
  sessionStorage.setItem(STARTED_KEY, String(time))
}

const twoDigits = (number) => String(number).padStart(2, "0")

// "14:05 · 12:30": time of day, and minutes and seconds since the first slide.
function clockText() {
  const now = new Date()
  const seconds = Math.max(0, Math.floor((now.getTime() - startedAt) / 1000))
  const day = `${twoDigits(now.getHours())}:${twoDigits(now.getMinutes())}`
  return startedAt ? `${day} · ${twoDigits(Math.floor(seconds / 60))}:${twoDigits(seconds % 60)}` : day
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const { step, steps, isMainWindow, mapSteps, scale } = data
  removeListeners()
  const controls = parentElement.querySelector(".workshop-controls")
  const [keys, blank, clock] = ["keys", "blank", "clock"].map((name) => parentElement.querySelector(`.workshop-${name}`))
  const [previous, next] = controls.querySelectorAll("[data-turn]")
  const action = (name) => parentElement.querySelector(`[data-action="${name}"]`)
  const index = () => steps.findIndex((number) => number >= currentStep)

  const update = () => {
    const place = index()
    controls.querySelector(".workshop-count").textContent = `${place + 1} / ${steps.length}`
    previous.disabled = place <= 0
    next.disabled = place >= steps.length - 1
    blank.hidden = !isBlank
    keys.hidden = !areKeysShown
    controls.querySelector('[data-action="keys"]').setAttribute("aria-expanded", String(areKeysShown))
    clock.hidden = action("restart").hidden = isMainWindow
  }
  const position = () => ({ step: currentStep, filters: data.filters, startedAt })
  const go = (wanted, isFromOtherWindow = false) => {
    if (wanted === currentStep || !steps.includes(wanted)) return
    currentStep = wanted
    update()
    if (isMainWindow) show(currentStep, mapSteps)
    pendingTurn = { step: currentStep, time: Date.now() }
    setStateValue("turn", pendingTurn)
    if (!isFromOtherWindow) channel.postMessage(position())
  }
  const turn = (place) => go(steps[Math.min(Math.max(place, 0), steps.length - 1)])
  const openNotes = () => {
    const url = new URL(`present?${data.filters}&step=${currentStep}&view=notes`, window.location.href)
    window.open(url, "workshop-notes", "width=1100,height=760")
  }
  const toggleBlank = () => {
    isBlank = !isBlank
    areKeysShown = false
    update()
  }
  const actions = {
    screen: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
    notes: openNotes,
    leave: () => setTriggerValue("leave", true),
    blank: () => (isMainWindow ? toggleBlank() : channel.postMessage(BLANK_REQUEST)),
    keys: () => {
      areKeysShown = !areKeysShown
      update()
    },
    restart: () => {
      start(Date.now())
      channel.postMessage({ startedAt })
      clock.textContent = clockText()
    },
  }
  const ofBothWindows = ["blank", "keys"]
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const target = event.target instanceof Element ? event.target : document.body
    if (target.closest('input, textarea, select, [contenteditable="true"], [role="listbox"]')) return
    if (document.querySelector('[data-testid="stPopoverBody"], [data-testid="stDialog"]')) return
    // Who has come to the sectors by keyboard moves between them with these keys.
    if (target.closest(SECTORS)) return
    // Space presses the focused button, except that of the filter, which keeps the focus when its panel is closed: the
    // presenter expects the next slide.
    const isFilter = target.closest('[data-testid="stPopover"]') !== null
    if (event.key === " " && !isFilter && event.composedPath()[0].closest?.("button, a, [role=button]")) return
    const name = ACTIONS[event.key] ?? ACTIONS[event.key.toLowerCase()]
    const isTurn = NEXT.includes(event.key) || PREVIOUS.includes(event.key) || event.key === "Home" || event.key === "End"
    if (!isTurn && !name) return
    event.preventDefault()
    if (isBlank) toggleBlank() // any key brings the slide back
    else if (areKeysShown && name === "leave") actions.keys()
    else if (NEXT.includes(event.key)) turn(index() + 1)
    else if (PREVIOUS.includes(event.key)) turn(index() - 1)
    else if (isTurn) turn(event.key === "Home" ? 0 : steps.length - 1)
    else if (isMainWindow || ofBothWindows.includes(name)) actions[name]()
  }
  const onClick = (event) => {
    if (event.target === blank) return toggleBlank()
    const { turn: offset, action: name } = event.target.closest("button")?.dataset ?? {}
    if (name && name !== "keys") areKeysShown = false
    if (offset) turn(index() + Number(offset))
    else if (name) actions[name]()
    update()
  }
  // After a click on a sector the keys turn the slides; only a keyboard leaves the focus there (a click by it has detail 0).
  const onSector = (event) => {
    if (event.detail > 0 && event.target.closest?.(SECTORS)) setTimeout(() => document.activeElement?.blur())
  }
  channel.onmessage = ({ data: message }) => {
    if (!controls.isConnected) return // the visitor has left the workshop mode
    if (message === POSITION_REQUEST) {
      if (isMainWindow) channel.postMessage(position())
      return
    }
    if (message === BLANK_REQUEST) {
      if (isMainWindow) toggleBlank()
      return
    }
    if (message.startedAt) start(message.startedAt)
    if (message.step === undefined) return
    if (!isMainWindow && (message.filters !== data.filters || !steps.includes(message.step))) {
      // The notes follow the filters of the main window: reload them with the new ones.
      window.location.search = `?${message.filters}&step=${message.step}&view=notes`
    } else go(message.step, true)
  }
  const sendScale = () => windowScale() !== scale && setStateValue("scale", windowScale())
  let resizeTimer = 0
  const place = () => {
    if (visibilitySheet().dataset.step !== String(currentStep)) return
    fitTexts(currentStep)
    writeSheet(currentStep, mapSteps)
  }
  const onResize = () => {
    place()
    clearTimeout(resizeTimer)
    resizeTimer = setTimeout(sendScale, RESIZE_DELAY_MS)
  }
  const tick = () => (clock.textContent = clockText())
  const ticking = isMainWindow ? 0 : setInterval(tick, CLOCK_TICK_MS)
  if (isMainWindow) window.addEventListener("resize", onResize)
  document.addEventListener("keydown", onKey)
  document.addEventListener("click", onSector, true)
  parentElement.addEventListener("click", onClick)
  const removeOwnListeners = () => {
    clearTimeout(resizeTimer)
    clearInterval(ticking)
    window.removeEventListener("resize", onResize)
    document.removeEventListener("keydown", onKey)
    document.removeEventListener("click", onSector, true)
    parentElement.removeEventListener("click", onClick)
  }
  removeListeners = removeOwnListeners

  if (pendingTurn === null || pendingTurn.step === step || Date.now() - pendingTurn.time > STALE_REPLY_MS) {
    pendingTurn = null
    currentStep = step
  }
  update()
  if (isMainWindow) {
    if (!startedAt) start(Date.now())
    sendScale()
    document.fonts.ready.then(place) // another font may break the heading elsewhere
    // When the page opens in another scale, wait for the slides in that scale, so that they do not change size in view.
    const isOtherScale = visibilitySheet().dataset.step === undefined && windowScale() !== scale
    if (isOtherScale) setTimeout(() => show(currentStep, mapSteps), RENDER_TIMEOUT_MS)
    else show(currentStep, mapSteps)
  } else tick()
  // A notes window asks for the position on its first run; the main window announces a change of its filters.
  if (!isMainWindow && lastFilters === null) channel.postMessage(POSITION_REQUEST)
  else if (isMainWindow && lastFilters !== null && lastFilters !== data.filters) channel.postMessage(position())
  lastFilters = data.filters
  // Streamlit cleans up and calls this function again on every run, and between the two the browser may handle a key, so
  // the listeners stay until the next call replaces them: on a busy machine that may be seconds later, with other controls.
  // Only when the visitor has left the slides are they removed here.
  return () => setTimeout(() => document.querySelector(".st-key-workshop") || removeOwnListeners())
}
