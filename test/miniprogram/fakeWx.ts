/** The little of `wx` that the services ask for when they are loaded: a phone's storage in memory. */
const kept = new Map<string, unknown>()

export const storage = {
  getStorageSync: (name: string) => structuredClone(kept.get(name)) ?? '',
  setStorageSync: (name: string, value: unknown) => void kept.set(name, structuredClone(value)),
  removeStorageSync: (name: string) => void kept.delete(name),
  clear: () => kept.clear(),
}

const others = (globalThis as { wx?: object }).wx
const getAccountInfoSync = () => ({ miniProgram: { envVersion: 'develop' } })
Object.assign(globalThis, { wx: { getAccountInfoSync, ...others, ...storage } })
