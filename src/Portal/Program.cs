return await Scoring.Hosting.PortalHost.Run(args);
