/** The published guides as this process holds them. */
import type { EntityManager } from 'typeorm'

export interface GuideLibrary {
  readonly size: number
}

export async function readGuides(_db: EntityManager): Promise<GuideLibrary> {
  return { size: 0 }
}
