// Where the service answers, by the version of the mini-program that asks.

/** The development version talks to the developer's own machine; the other two need a domain registered with WeChat. */
const servers = {
  develop: 'http://localhost:3000',
  trial: 'https://bangban.example.gov.cn',
  release: 'https://bangban.example.gov.cn',
}

export const server = servers[wx.getAccountInfoSync().miniProgram.envVersion]
