using Scoring.Hosting;

return await StandaloneHost.Run(args);
