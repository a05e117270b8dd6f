/** How the detail of what is still used begins. */
export const IN_USE = 'still in use'
