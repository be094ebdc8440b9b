/** A guide as the plain text that search looks through, most telling first. */
import type { GuideContent } from './content.js'

export function textOf(content: GuideContent): string {
  const parts = [
    content.summary,
    ...(content.ways ?? []).flatMap(({ when, answer }) => [when, answer]),
    ...content.conditions.map(({ text }) => text),
    ...content.materials.flatMap(({ name, source, why }) => [name, source, why]),
    ...content.steps.flatMap(({ name, note }) => [name, note]),
    content.legal.quote ?? '',
    content.legal.note ?? '',
    ...content.faq.flatMap(({ q, a }) => [q, a]),
    ...content.rejectionReasons,
    ...content.refusals.map(({ text }) => text),
    content.fee.text,
    content.result.name,
    content.result.delivery,
    content.validity.text,
    ...content.basis.map(({ quote }) => quote ?? ''),
    content.topic,
    content.authority.name,
    content.authority.unit,
    ...content.channels.map(({ name }) => name),
    ...content.hotlines.flatMap(({ name, phone }) => [name, phone]),
  ]
  return parts.filter((part) => part !== '').join(' ')
}
