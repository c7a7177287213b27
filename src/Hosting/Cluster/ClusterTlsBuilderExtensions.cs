using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Orleans.Hosting;
using Scoring.Health;
using Scoring.Settings;

namespace Scoring.Cluster;

/// <summary>
/// Lets silos and gateways talk by mutual TLS. Each side presents a certificate of the cluster's authority, valid now, for its side of the
/// connection, and with the cluster's name. Without it a connection ends before any message.
/// </summary>
public static class ClusterTlsBuilderExtensions
{
    /// <summary>Secures the connections of a silo. Without a certificate it starts in Development or on a loopback address only.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="environment">Whether this is Development.</param>
    /// <param name="address">The address that the silo listens on; <see langword="null"/> for the machine's own.</param>
    public static ISiloBuilder UseMutualTls(this ISiloBuilder silo, IHostEnvironment environment, IPAddress? address)
    {
        var mayBePlain = environment.IsDevelopment() || (address is not null && IPAddress.IsLoopback(address));
        if (!AddCertificates(
            silo.Services, silo.Configuration, mayBePlain, ClusterCertificate.ServerPurpose, ClusterCertificate.ClientPurpose))
            return environment.IsDevelopment() ? silo : silo.Configure<SiloConnectionOptions>(connections =>
                connections.ConfigureSiloOutboundConnection(LoopbackConnections.Require));
        return silo.Configure<SiloConnectionOptions>(connections =>
        {
            connections.ConfigureSiloInboundConnection(Accept);
            connections.ConfigureGatewayInboundConnection(Accept);
            connections.ConfigureSiloOutboundConnection(Open);
        });
    }

    /// <summary>
    /// Secures the connections of a gateway. Without a certificate it connects, outside Development, to silos on a loopback address only.
    /// </summary>
    public static IClientBuilder UseMutualTls(this IClientBuilder client, IHostEnvironment environment)
    {
        if (AddCertificates(client.Services, client.Configuration, mayBePlain: true, ClusterCertificate.ClientPurpose))
            return client.Configure<ClientConnectionOptions>(connections => connections.ConfigureConnection(Open));
        return environment.IsDevelopment() ? client : client.Configure<ClientConnectionOptions>(connections =>
            connections.ConfigureConnection(LoopbackConnections.Require));
    }

    /// <summary>Adds and checks the options; returns whether connections use TLS.</summary>
    private static bool AddCertificates(
        IServiceCollection services, IConfiguration configuration, bool mayBePlain, params string[] purposes)
    {
        var section = configuration.GetSection(ClusterTlsOptions.Section);
        services.AddSettings<ClusterTlsOptions>(configuration, ClusterTlsOptions.Section);
        services.AddSingleton<IValidateOptions<ClusterTlsOptions>>(new ClusterTlsCheck(mayBePlain, purposes));
        services.AddSingleton<ClusterCertificates>();
        if (!(section.Get<ClusterTlsOptions>() ?? new ClusterTlsOptions()).IsSet()) return false;
        services.AddCheck<CertificateCheck>();
        return true;
    }

    private static void Accept(IConnectionBuilder connections)
    {
        var certificates = connections.ApplicationServices.GetRequiredService<ClusterCertificates>();
        var tls = OptionsOf(connections);
        tls.LocalServerCertificateSelector = (_, _) => certificates.Current().Own;
        tls.OnAuthenticateAsServer = (_, one) =>
        {
            var current = certificates.Current();
            var handshake = (SslServerAuthenticationOptions)one.SslServerAuthenticationOptions;
            handshake.ServerCertificateSelectionCallback = null;
            handshake.ServerCertificateContext = current.Context;
            handshake.ClientCertificateRequired = true;
            handshake.CertificateChainPolicy = current.Policy(ClusterCertificate.ClientPurpose);
            handshake.AllowTlsResume = false; // a resumed session is not checked again
        };
        connections.UseServerTls(tls);
    }

    private static void Open(IConnectionBuilder connections)
    {
        var certificates = connections.ApplicationServices.GetRequiredService<ClusterCertificates>();
        var name = connections.ApplicationServices.GetRequiredService<IOptions<ClusterTlsOptions>>().Value.Name;
        var tls = OptionsOf(connections);
        tls.OnAuthenticateAsClient = (_, one) =>
        {
            var current = certificates.Current();
            var handshake = (SslClientAuthenticationOptions)one.SslClientAuthenticationOptions;
            handshake.TargetHost = name;
            handshake.ClientCertificateContext = current.Context;
            handshake.CertificateChainPolicy = current.Policy(ClusterCertificate.ServerPurpose);
            handshake.AllowTlsResume = false;
        };
        connections.UseClientTls(tls);
    }

    private static TlsOptions OptionsOf(IConnectionBuilder connections)
    {
        var options = connections.ApplicationServices.GetRequiredService<IOptions<ClusterTlsOptions>>().Value;
        return new TlsOptions
        {
            RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
            HandshakeTimeout = TimeSpan.FromSeconds(options.HandshakeSecondsMax),
            RemoteCertificateValidation = (certificate, _, errors) =>
                errors == SslPolicyErrors.None && ClusterCertificate.IsNamed(certificate, options.Name),
        };
    }
}
