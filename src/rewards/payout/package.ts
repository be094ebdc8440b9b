/** What the phone opens to confirm a transfer (package_info): kept sealed, and bound to its transfer. */
import { openText, seal } from '../../encryption/algorithms.js'
import type { Knowledge } from '../../house.js'
import type { Payout } from './payout.js'

type Keys = Pick<Knowledge, 'keyring'>

export const sealPackage = ({ keyring }: Keys, { id }: Payout, packageInfo: string): string =>
  seal('aes-256-gcm', keyring.purposeKey('responses'), 'responses', packageInfo, boundTo(id))

export const openPackage = ({ keyring }: Keys, { id }: Payout, sealed: string): string =>
  openText(sealed, () => keyring.purposeKey('responses'), boundTo(id))

const boundTo = (payoutId: string): string => `package:${payoutId}`
