/** Makes `html` of a template: what stands in it is escaped, unless it is `Html` itself. */
export class Html {
  constructor(readonly text: string) {}
}
export type Part = string | number | Html | readonly Html[]

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const said = parts.map((part) => {
    if (part instanceof Html) return part.text
    if (typeof part === 'object') return part.map((one) => one.text).join('')
    return String(part).replace(/[&<>"']/g, (sign) => escapes[sign] as string)
  })
  return new Html(String.raw({ raw: strings }, ...said))
}

export const none = html``
