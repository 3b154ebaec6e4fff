// Starts `nnlint server` and ties it to the editor.

import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";

/** Says nothing of a failure to start by itself: `start` does, once and with what to do about it. */
class Client extends LanguageClient {
  starting = false;

  override error(message: string, data?: unknown, showNotification?: boolean | "force"): void {
    super.error(message, data, this.starting ? false : showNotification);
  }
}

let client: Client | undefined;
let log: vscode.LogOutputChannel;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  log = vscode.window.createOutputChannel("nnlint", { log: true });
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("nnlint.restart", restart),
    vscode.commands.registerCommand("nnlint.showLog", () => log.show()),
    vscode.commands.registerCommand("nnlint.fixAll", () =>
      vscode.commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll.nnlint", apply: "first" }),
    ),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      const started = ["nnlint.command", "nnlint.interpreter"];
      if (started.some((key) => event.affectsConfiguration(key))) {
        await restart();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  if (client?.needsStop()) {
    await client.stop();
  }
}

async function restart(): Promise<void> {
  const old = client;
  client = undefined;
  if (old?.needsStop()) {
    await old.dispose().catch((error) => log.warn(String(error)));
  }
  await start();
}

async function start(): Promise<void> {
  const [command, ...args] = await serverCommand();
  log.info(`starting ${[command, ...args].join(" ")}`);
  const server: ServerOptions = { command, args };
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "python" },
      { scheme: "untitled", language: "python" },
      { scheme: "vscode-notebook-cell", language: "python" },
    ],
    outputChannel: log,
    initializationOptions: vscode.workspace.getConfiguration("nnlint"),
  };
  client = new Client("nnlint", "nnlint", server, options);
  client.starting = true;
  try {
    await client.start();
    client.starting = false;
  } catch (error) {
    client.starting = false;
    log.error(String(error));
    const message = `nnlint could not be started with "${command}". Is it installed (pip install "nnlint[lsp]")?`;
    // Not awaited: the message may stay for as long as it likes, and the settings change meanwhile.
    void vscode.window.showErrorMessage(message, "Show the log").then((choice) => choice && log.show());
  }
}

/** The command of the settings, else the module in the interpreter in use, else what is on the path. */
async function serverCommand(): Promise<[string, ...string[]]> {
  const settings = vscode.workspace.getConfiguration("nnlint");
  const [command, ...args] = settings.get<string[]>("command", []);
  if (command !== undefined) {
    return [command, ...args];
  }
  const interpreter = settings.get<string>("interpreter", "") || (await pythonOfExtension());
  return interpreter ? [interpreter, "-m", "nnlint", "server"] : ["nnlint", "server"];
}

/** The interpreter that the Python extension uses, if there is one that has nnlint. */
async function pythonOfExtension(): Promise<string> {
  const extension = vscode.extensions.getExtension("ms-python.python");
  if (extension === undefined) {
    return "";
  }
  try {
    const api = extension.isActive ? extension.exports : await extension.activate();
    const path: unknown = api?.environments?.getActiveEnvironmentPath()?.path;
    return typeof path === "string" && (await hasNnlint(path)) ? path : "";
  } catch (error) {
    log.warn(`the Python extension does not say which interpreter it uses: ${String(error)}`);
    return "";
  }
}

async function hasNnlint(interpreter: string): Promise<boolean> {
  const { execFile } = await import("node:child_process");
  return new Promise((resolve) => {
    execFile(interpreter, ["-c", "import nnlint, pygls"], (error) => resolve(error === null));
  });
}
