/** Who approves: the first row of the authority table that speaks of the document, the class and the day. */
import type { AuthorityRow, DocumentType, PathTables } from './tables.js'

export function authorityOf(
  { authority }: PathTables,
  { document, classCode, today }: { document: DocumentType; classCode: string; today: string },
): AuthorityRow | undefined {
  return authority.rows.find(
    ({ documents, classes, effectiveFrom, effectiveTo }) =>
      documents.includes(document) &&
      (classes === undefined || classes.includes(classCode)) &&
      effectiveFrom <= today &&
      (effectiveTo === null || today <= effectiveTo),
  )
}
