using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Scoring.Bridge.Mqtt;

/// <summary>A real mosquitto with its data in a folder, which can be killed and started again on the same port.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string[] _more;
    private Process _process = null!;

    private Mosquitto(string folder, string[] more)
    {
        _folder = folder;
        _more = more;
        Port = FreePort();
    }

    public int Port { get; }

    private string Database => Path.Combine(_folder, "mosquitto.db");

    /// <summary>The settings of a bridge on this broker.</summary>
    public string[] Settings(string deadFolder, params string[] topics) =>
    [
        "--Bridge:From=Mqtt", "--Mqtt:Host=127.0.0.1", $"--Mqtt:Port={Port}", "--Mqtt:Tls=false", "--Mqtt:ClientId=bridge",
        $"--DeadLetters:Folder={deadFolder}", .. topics.Select((topic, i) => $"--Mqtt:Topics:{i}={topic}"),
    ];

    public static async Task<Mosquitto> Start(string folder, params string[] more)
    {
        var broker = new Mosquitto(folder, more);
        await broker.Restart();
        return broker;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts the broker on what it had saved.</summary>
    public async Task Restart()
    {
        string[] config =
        [
            $"listener {Port} 127.0.0.1", "persistence true", $"persistence_location {_folder}/", "autosave_on_changes true",
            "autosave_interval 100", "max_queued_messages 0", "max_inflight_messages 0", "user root", "log_dest none",
            .. _more.Length > 0 ? _more : ["allow_anonymous true"],
        ];
        await File.WriteAllLinesAsync(Path.Combine(_folder, "mosquitto.conf"), config);
        var program = File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto";
        _process = Process.Start(program, ["-c", Path.Combine(_folder, "mosquitto.conf")]);
        await RunningBridge.Until(
            () => _process.HasExited || IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(one => one.Port == Port),
            "the broker listens");
        _process.HasExited.ShouldBeFalse("mosquitto ended");
    }

    /// <summary>
    /// Makes the broker write everything to its disk. It acknowledges a publication before it has, so without this a kill may lose some.
    /// </summary>
    public async Task Save()
    {
        File.Delete(Database);
        await Signal("-USR1");
        await RunningBridge.Until(() => File.Exists(Database), "the broker has saved");
    }

    /// <summary>Kills the broker, as a power cut does.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Publishes messages with QoS 1, in order, and returns when the broker has acknowledged them.</summary>
    public async Task Publish(IEnumerable<(string Topic, string Body)> messages, params MqttUserProperty[] properties)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", Port).WithProtocolVersion(MqttProtocolVersion.V500).Build());
        foreach (var (topic, body) in messages)
        {
            var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(body)
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
            foreach (var property in properties) message.WithUserProperty(property.Name, property.ValueBuffer);
            await client.PublishAsync(message.Build());
        }
        await client.DisconnectAsync(new MqttClientDisconnectOptions());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
