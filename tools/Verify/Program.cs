using Scoring.Verify.Commands;

return await VerifyCommands.Run(args, Console.Out, Console.Error);
