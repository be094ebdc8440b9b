/** The tables of tips, and the store apart of who informed. */
import { Informer } from './informers/informer.js'
import { Tip } from './tip.js'
import { TipAddition } from './tipAddition.js'
import { TipEntry } from './tipEntry.js'
import { TipLook } from './tipLook.js'

export const tipEntities = [Tip, TipEntry, TipAddition, TipLook, Informer]
