// What the server finds wrong with a part of a form, said beside the field itself: `informer.name` → `name`.
import { Failure } from '../../services/failure'

const PARTS = /^(informer|bank)\./

/** @throws Failure, its paths without the part they stand in */
export async function inFields<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof Failure) || error.errors.length === 0) throw error
    const { title, status, type, traceId } = error
    const errors = error.errors.map(({ path, message }) => ({ path: path.replace(PARTS, ''), message }))
    throw new Failure({ title, status, type, traceId, errors })
  }
}

export const isKeyReused = (error: unknown): boolean => error instanceof Failure && error.type === 'keyReused'
