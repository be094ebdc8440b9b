/** Asks for files with the browser's own dialog. */

export interface PickOptions {
  /** As `<input accept>`. */
  accept: string
  isMultiple: boolean
  fromCamera?: boolean
}

/** None: the dialog was closed. */
export function pickFiles({ accept, isMultiple, fromCamera = false }: PickOptions): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = accept
    input.multiple = isMultiple
    if (fromCamera) input.setAttribute('capture', 'environment')
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}
