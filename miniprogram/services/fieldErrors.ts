// What the server finds wrong with a form, sorted to the fields it stands beside.
import { Failure } from './failure'

export type FieldErrors = Record<string, string>

/** The first sentence for each field, by the first part of its path; null where the failure is about no field. */
export function fieldErrorsOf(error: unknown): FieldErrors | null {
  if (!(error instanceof Failure) || error.errors.length === 0) return null
  const sorted: FieldErrors = {}
  for (const { path, message } of error.errors) {
    const field = path.split(/[.[]/)[0] ?? path
    sorted[field] ??= message
  }
  return sorted
}
