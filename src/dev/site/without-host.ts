import type {Plugin} from 'esbuild'

/**
 * A page sees no programs, scripts and configs of a machine, no traces, and nothing that was
 * tried: it does without what reads them, and without short cuts, as it has few units.
 */
export const withoutHost: Plugin = {
  name: 'without-host',
  setup({onLoad}) {
    onLoad({filter: /[\\/]needs[\\/]sight[\\/]seen\.ts$/}, () => ({
      contents:
        'const none = () => undefined\nexport {none as configOf, none as shownByCode, none as readScript, none as shownBySettings}',
    }))
    onLoad({filter: /[\\/]evidence[\\/]scripts\.ts$/}, () => ({
      contents: 'const none = () => undefined\nexport {none as applicationRun, none as scriptRun}',
    }))
    onLoad({filter: /[\\/]evidence[\\/]own-folder\.ts$/}, () => ({
      contents: 'const as = (text) => text\nexport {as as reduced, as as withOwn}',
    }))
    onLoad({filter: /[\\/]evidence[\\/]waiting\.ts$/}, () => ({
      contents:
        'const none = () => undefined\nexport {none as fileGiven, none as lateOne, none as relativeAt, none as turnOf}\nexport const lastTurn = 0',
    }))
    // It tells of scripts that are seen.
    onLoad({filter: /[\\/]evidence[\\/]of-python\.ts$/}, () => ({
      contents:
        'export const lacksOfPython = () => undefined\nexport const mayLoadElse = () => true',
    }))
    onLoad({filter: /[\\/]evidence[\\/]of-sight\.ts$/}, () => ({
      contents: 'export const ofSight = () => ({needs: [], lacks: new Map()})',
    }))
    onLoad({filter: /[\\/]evidence[\\/]in-sight\.ts$/}, () => ({
      contents: 'export const readIn = () => () => false',
    }))
    onLoad({filter: /[\\/]evidence[\\/]of-trace\.ts$/}, () => ({
      contents: 'export const ofTrace = () => undefined',
    }))
    // These only spare what takes long for thousands of units.
    onLoad({filter: /[\\/]machine[\\/]sound\.ts$/}, () => ({
      contents: 'export const isPlainlySound = () => false',
    }))
    onLoad({filter: /[\\/]machine[\\/]glance\.ts$/}, () => ({
      contents: 'const none = () => undefined\nexport {none as glance, none as glanceAtText}',
    }))
    onLoad({filter: /[\\/]machine[\\/]line-roles\.ts$/}, () => ({
      contents: 'export const telling = ({lines}) => lines',
    }))
    onLoad({filter: /[\\/]evidence[\\/]of-tried\.ts$/}, () => ({
      contents: 'export const ofTried = () => undefined',
    }))
  },
}
