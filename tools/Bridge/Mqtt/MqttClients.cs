using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using Scoring.Bridge.Settings;

namespace Scoring.Bridge.Mqtt;

/// <summary>The configuration of MQTT's client.</summary>
internal static class MqttClients
{
    /// <summary>The longest wait for the broker's answers while a connection is opened.</summary>
    public static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>Returns the options of a connection to a persistent session. Secrets are read again for each connection.</summary>
    public static async Task<MqttClientOptions> Options(MqttOptions options, CancellationToken cancellationToken)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(options.Host, options.Port)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(options.ClientId)
            .WithCleanStart(false)
            .WithSessionExpiryInterval((uint)TimeSpan.FromDays(options.SessionDays).TotalSeconds)
            .WithReceiveMaximum((ushort)options.ReceiveMax)
            .WithKeepAlivePeriod(KeepAlive)
            .WithTimeout(AnswerMax);
        if (options.User.Length > 0)
        {
            var password = options.PasswordFile.Length > 0 ? await SecretFile.Read(options.PasswordFile, cancellationToken) : "";
            builder = builder.WithCredentials(options.User, Encoding.UTF8.GetBytes(password));
        }
        try
        {
            return (options.Tls ? builder.WithTlsOptions(tls => Secure(tls, options)) : builder).Build();
        }
        catch (CryptographicException exception)
        {
            throw new SettingsException($"A certificate or key of {MqttOptions.Section} cannot be used: {exception.Message}");
        }
    }

    /// <summary>
    /// Whether an exception says that the broker cannot be reached, or refuses for now. MQTTnet throws a null reference when it is asked to
    /// acknowledge over a connection that it has just lost.
    /// </summary>
    public static bool IsOfConnection(Exception exception) => exception
        is BrokerException or MqttCommunicationException or MqttProtocolViolationException or MqttClientDisconnectedException
        or IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException
        or InvalidOperationException or NullReferenceException;

    /// <summary>
    /// Says in words what happened. The text of most exceptions is left out: a packet's text has its topic, which may name a person.
    /// </summary>
    public static string Describe(Exception exception)
    {
        var inner = exception;
        while (inner.InnerException is { } next) inner = next;
        var isSafe = inner is BrokerException or SocketException or AuthenticationException or IOException;
        return isSafe ? $"{exception.GetType().Name}: {inner.Message}" : $"{exception.GetType().Name}: {inner.GetType().Name}";
    }

    private static void Secure(MqttClientTlsOptionsBuilder tls, MqttOptions options)
    {
        tls.UseTls().WithTargetHost(options.Host);
        if (options.CaFile.Length > 0)
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(options.CaFile);
            tls.WithTrustChain(authorities).WithRevocationMode(X509RevocationMode.NoCheck); // a private authority publishes no list
        }
        if (options.CertificateFile.Length > 0) tls.WithClientCertificates([Certificate(options)]);
    }

    private static X509Certificate2 Certificate(MqttOptions options)
    {
        using var pem = X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile);
        // Some systems cannot use a key that was never stored.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }
}

/// <summary>The broker does not let the bridge in now. The message is its reason code.</summary>
internal sealed class BrokerException(string message) : Exception(message);
