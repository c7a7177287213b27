// Runs the verifier away from the page, so that a large file does not freeze it. The page sends files; nothing leaves the browser.
import { dotnet } from "./_framework/dotnet.js";

const files = new Map();
const reader = new FileReaderSync();
let bytesRead = 0;
let toldAt = 0;

const runtime = await dotnet.create();
runtime.setModuleImports("files", {
  sizeOf: (name) => files.get(name).size,
  readSlice: (name, start, slice) => {
    slice.set(new Uint8Array(reader.readAsArrayBuffer(files.get(name).slice(start, start + slice.length))));
    bytesRead += slice.length;
    if (Date.now() - toldAt < 500) return;
    toldAt = Date.now();
    postMessage({ bytesRead });
  },
});
const verifier = (await runtime.getAssemblyExports("Scoring.Verify.Browser")).Scoring.Verify.Calls.BrowserVerifier;

onmessage = ({ data }) => {
  files.clear();
  bytesRead = 0;
  for (const [name, file] of Object.entries(data.files)) files.set(name, file);
  const { keys, references, language } = data;
  try {
    postMessage({ report: JSON.parse(verifier.Check(JSON.stringify({ files: [...files.keys()], keys, references, language }))) });
  } catch (error) {
    postMessage({ fault: String(error) });
  }
};
postMessage({ ready: true });
