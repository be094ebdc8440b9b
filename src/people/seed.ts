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
      districtCodes: z.array(z.string()),
      phone: z.string().nullable().optional(),
      confirmed: z.boolean(),
    }),
  ),
})

export const seedUnits: Seed = {
  name: 'units',
  async lay(db, { read }) {
    const { units } = file.parse(read('units.json'))
    await db.insert(
      Unit,
      units.map(({ code, name, kind, districtCodes, phone, confirmed }) => ({
        id: code,
        name,
        kind,
        districtCodes,
        phone: phone ?? null,
        isConfirmed: confirmed,
      })),
    )
  },
}
