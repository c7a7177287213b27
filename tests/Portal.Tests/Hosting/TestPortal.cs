using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace Scoring.Hosting;

/// <summary>Starts a portal of its own on a free port, for tests of its settings.</summary>
internal static class TestPortal
{
    /// <summary>An address where no platform answers.</summary>
    public static readonly Uri NoPlatform = new("http://127.0.0.1:1");

    public static Task<PortalHost> Start(PortalOptions options)
    {
        options.Port = 0;
        if (options.Api.Count == 0) options.Api = [NoPlatform];
        return PortalHost.Start(
            new HostingEnvironment { EnvironmentName = Environments.Development }, new ConfigurationBuilder().Build(), options,
            TimeProvider.System, CancellationToken.None);
    }
}
