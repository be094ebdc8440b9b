/** The bureau's units, from `seeds/units.json`. */
import { z } from 'zod'
import type { Seed } from '../database/seed.js'
import { Unit } from './unit.js'

const file = z.object({
  units: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      kind: z.enum(['office', 'branch', 'group']),
      parent: z.string().nullable().optional(),
      districtCodes: z.array(z.string()),
      phone: z.string().nullable().optional(),
      confirmed: z.boolean(),
    }),
  ),
})

const unitsOf = (content: unknown) =>
  file.parse(content).units.map(({ code, name, kind, parent, districtCodes, phone, confirmed }) => ({
    id: code,
    name,
    kind,
    parentId: parent ?? null,
    districtCodes,
    phone: phone ?? null,
    isConfirmed: confirmed,
  }))

export const seedUnits: Seed = {
  name: 'units',
  async lay(db, { read }) {
    await db.insert(Unit, unitsOf(read('units.json')))
  },
}

/** 专家组和指导小组, for installations that are older than they. */
export const seedExpertGroups: Seed = {
  name: 'units.expertGroups',
  async lay(db, { read }) {
    const known = new Set((await db.find(Unit, { select: { id: true } })).map(({ id }) => id))
    const missing = unitsOf(read('units.json')).filter(({ id, parentId }) => parentId !== null && !known.has(id))
    if (missing.length > 0) await db.insert(Unit, missing)
  },
}
