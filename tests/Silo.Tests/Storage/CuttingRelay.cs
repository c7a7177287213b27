using System.Net.Sockets;
using Npgsql;

namespace Scoring.Storage;

/// <summary>
/// Relays connections to a PostgreSQL on a Unix socket. From <see cref="CutAtNext"/> on, the next connection, such as a request to cancel,
/// cuts all connections instead of being relayed.
/// </summary>
internal sealed class CuttingRelay : IAsyncDisposable
{
    private const string SocketName = ".s.PGSQL.5432";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("relay-");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<Socket> _open = [];
    private readonly string _target;
    private readonly Task _accepting;
    private volatile bool _cuts;
    private volatile bool _cutsAnswer;

    public CuttingRelay(string connectionString)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        _target = Path.Combine(target.Host!, SocketName);
        target.Host = _folder.FullName;
        ConnectionString = target.ConnectionString;
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder.FullName, SocketName)));
        _listener.Listen();
        _accepting = Task.Run(Accept);
    }

    public string ConnectionString { get; }

    public void CutAtNext() => _cuts = true;

    /// <summary>Passes the next request on and cuts every connection instead of passing on its answer.</summary>
    public void CutAtNextAnswer() => _cutsAnswer = true;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        Cut();
        _folder.Delete(recursive: true);
    }

    private async Task Accept()
    {
        try
        {
            while (await _listener.AcceptAsync() is { } client)
            {
                lock (_open) _open.Add(client);
                if (_cuts)
                {
                    Cut();
                    continue;
                }
                var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await server.ConnectAsync(new UnixDomainSocketEndPoint(_target));
                lock (_open) _open.Add(server);
                _ = Copy(client, server, () => { });
                _ = Copy(server, client, CutAnswer);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The relay is disposed.
        }
    }

    private void CutAnswer()
    {
        if (!_cutsAnswer) return;
        _cutsAnswer = false;
        Cut();
    }

    private static async Task Copy(Socket from, Socket to, Action before)
    {
        var buffer = new byte[8192];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
            {
                before();
                await to.SendAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One side has closed its connection.
        }
        from.Dispose();
        to.Dispose();
    }

    private void Cut()
    {
        lock (_open)
        {
            foreach (var socket in _open) socket.Dispose();
            _open.Clear();
        }
    }
}
