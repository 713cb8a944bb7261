/** Whether a file is where distributions keep variables, and nothing else, for services. */
export function isOfVariables(path: string): boolean {
  return /^\/etc\/(?:default|sysconfig|conf\.d)\/./.test(path)
}

/** Whether what a script takes in (`. FILE`) may do anything: unless only variables are kept there. */
export function mayBeCode(path: string): boolean {
  return !isOfVariables(path) && !ofShells.some((one) => one.test(path))
}

/** What is there for shells to take in: it sets variables, and defines functions. */
const ofShells: readonly RegExp[] = [
  // os-release(5), locale.conf(5), environment(7), bash(1) "INVOCATION".
  /^\/(?:etc|usr\/lib)\/os-release$|^\/etc\/(?:environment|locale\.conf|profile|bash\.bashrc|bashrc)$/,
  /\/\.(?:profile|bash_profile|bash_login|bashrc|zprofile|zshenv)$/,
  /(?:^|\/)[\w.-]*\.env$/,
  // Python's `venv`, conda, nvm, ROS, and what scripts of init begin with.
  /(?:^|\/bin\/)activate$|\/nvm\.sh$|\/conda\.sh$|\/(?:local_)?setup\.(?:ba|z)sh$/,
  /\/lib\/lsb\/init-functions$/,
]
