import { fixedProfile, instantProfile, type ProfileSetting } from './fixed-profile.ts'
import type { Profile } from './profile.ts'
import { recordedProfile } from './recorded-profile.ts'

export type ProfileChoice = 'instant' | 'recorded' | ProfileSetting

export function chooseProfile(choice: ProfileChoice): Profile {
  if (choice === 'instant') return instantProfile
  if (choice === 'recorded') return recordedProfile
  if (typeof choice !== 'object')
    throw new TypeError(
      `there is no profile ${JSON.stringify(choice)}: instant, recorded, or durations of your own`,
    )
  return fixedProfile(choice)
}
