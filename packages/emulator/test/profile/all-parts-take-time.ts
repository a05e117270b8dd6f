import type { ProfileSetting } from '../../src/index.ts'

/** Long enough that a random moment falls into every part of a start. */
export const ALL_PARTS_TAKE_TIME: ProfileSetting = {
  name: 'all parts take time',
  durations: {
    accepting: [50, 300],
    placing: [100, 500],
    pulling: [100, 500],
    creating: [0, 200],
    starting: [0, 200],
    removing: [0, 500],
  },
}
