// Where the phone is, if its owner wants to tell: a record is good without it.

/** As a visit and a tip have it. */
export interface Place {
  name: string
  latitude: number
  longitude: number
}

/** Undefined when it was not allowed or not found; the person has been told. */
export const here = (): Promise<Place | undefined> =>
  asked(async () => {
    const { latitude, longitude } = await wx.getLocation({ type: 'gcj02' })
    return { name: '', latitude, longitude }
  })

export const onMap = (): Promise<Place | undefined> =>
  asked(async () => {
    const { name, address, latitude, longitude } = await wx.chooseLocation({})
    return { name: (name || address).slice(0, 100), latitude: Number(latitude), longitude: Number(longitude) }
  })

async function asked(ask: () => Promise<Place>): Promise<Place | undefined> {
  try {
    return await ask()
  } catch (error) {
    const { errMsg = '' } = error as { errMsg?: string }
    if (!errMsg.includes('cancel')) void wx.showToast({ title: '没有取到位置，不附也可以', icon: 'none' })
    return undefined
  }
}
