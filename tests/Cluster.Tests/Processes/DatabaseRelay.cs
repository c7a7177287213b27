using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Scoring.Processes;

/// <summary>
/// Passes bytes between one silo and PostgreSQL. While it is cut, it passes none and closes nothing, as a network that loses packets.
/// </summary>
internal sealed class DatabaseRelay : IAsyncDisposable
{
    private const string SocketName = ".s.PGSQL.5432";

    private readonly string _server;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly Task _accepting;
    private TaskCompletionSource _open = new();

    /// <summary>Starts the relay.</summary>
    /// <param name="folder">The folder of its socket, to which the silo connects as its host.</param>
    /// <param name="server">The folder of the server's socket.</param>
    public DatabaseRelay(string folder, string server)
    {
        _server = Path.Combine(server, SocketName);
        _open.SetResult();
        Directory.CreateDirectory(folder);
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, SocketName)));
        _listener.Listen(512);
        _accepting = Accept();
    }

    /// <summary>Passes nothing from now on.</summary>
    public void Cut() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Passes again what waits, or closes every connection first, as after a long cut.</summary>
    public void Heal(bool close)
    {
        if (close) foreach (var socket in _sockets.Keys) Close(socket);
        _open.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        Heal(close: true);
        await _accepting;
        _ended.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await _listener.AcceptAsync(_ended.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The relay has ended.
        }
    }

    private async Task Serve(Socket silo)
    {
        var database = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _sockets[silo] = _sockets[database] = true;
        try
        {
            await _open.Task;
            await database.ConnectAsync(new UnixDomainSocketEndPoint(_server), _ended.Token);
            await Task.WhenAny(Pass(silo, database), Pass(database, silo));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One of the two has ended, or the server is away. The other one learns it by the end of its connection.
        }
        Close(silo);
        Close(database);
    }

    private async Task Pass(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _ended.Token) is > 0 and var count)
            {
                await _open.Task;
                for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _ended.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The connection is over.
        }
    }

    private void Close(Socket socket)
    {
        _sockets.TryRemove(socket, out _);
        socket.Dispose();
    }
}
