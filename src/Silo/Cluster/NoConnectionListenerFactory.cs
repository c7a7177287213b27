using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Scoring.Cluster;

/// <summary>
/// Lets a silo that runs alone listen on nothing. There is no other silo, and its gateway, in the same process, calls it in memory.
/// </summary>
internal sealed class NoConnectionListenerFactory : IConnectionListenerFactory
{
    /// <summary>Puts this in the place of Orleans' listeners, which open TCP ports for silos and for clients.</summary>
    public static void Replace(IServiceCollection services)
    {
        var ports = services.Where(one => one.IsKeyedService && one.ServiceType == typeof(IConnectionListenerFactory)).ToArray();
        if (ports.Length != 2) throw new InvalidOperationException("This version of Orleans registers its listeners in another way.");
        foreach (var port in ports)
        {
            services.Remove(port);
            services.AddKeyedSingleton<IConnectionListenerFactory>(port.ServiceKey, (_, _) => new NoConnectionListenerFactory());
        }
    }

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(new Listener(endpoint));

    /// <summary>Waits for a connection until it is stopped, and gets none.</summary>
    private sealed class Listener(EndPoint endpoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint => endpoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            new(_stopped.Task.WaitAsync(cancellationToken));

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _stopped.TrySetResult(null);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
