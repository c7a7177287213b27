using Scoring.Soaks;
using Xunit.Runner.InProc.SystemConsole;

// Runs the tests, as the entry point that xunit generates does, or the long run of the fault suite.
return args is ["soak", .. var line] ? await SoakCommand.Run(line) : await ConsoleRunner.Run(args);
