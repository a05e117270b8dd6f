/**
 * The page's only script: a switch between light and dark, and all details open in print. The page reads without it. It names nothing from
 * outside.
 */
export const PAGE_SCRIPT = `
const root = document.documentElement
const dark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
const button = document.createElement('button')
const label = () => { button.textContent = dark() ? 'Light' : 'Dark'; button.setAttribute('aria-label', 'Switch to ' + (dark() ? 'light' : 'dark') + ' colours') }
button.type = 'button'
button.className = 'theme'
button.addEventListener('click', () => { root.dataset.theme = dark() ? 'light' : 'dark'; label() })
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', label)
label()
document.querySelector('header').append(button)
addEventListener('beforeprint', () => { for (const part of document.querySelectorAll('details:not(.raw)')) part.open = true })
`
