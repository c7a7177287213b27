using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Scoring.Authentication;

namespace Scoring.Limits;

/// <summary>
/// Names the client of a request for the limits. A client is named by its access token, else by its address; never by what it requests.
/// </summary>
internal sealed class RequestClient
{
    // The host part of an IPv6 address is free for its owner to choose, so it does not tell clients apart.
    private const int NetworkBytes = 8;

    // Hashes clients' names, so that memory holds no list of people. Each process makes its own key and never writes it.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Returns the client's kind and hashed name.</summary>
    public (RequestClientKind Kind, string Name) Of(HttpContext context)
    {
        var user = context.User;
        var machine = user.FindFirstValue(Claims.Source) ?? user.FindFirstValue(Claims.Service);
        if ((machine ?? user.FindFirstValue(Claims.Subject)) is { } name)
            return (machine is null ? RequestClientKind.Person : RequestClientKind.Machine, Hash(name));
        return (RequestClientKind.Address, Hash("address " + AddressOf(context.Connection.RemoteIpAddress)));
    }

    private static string AddressOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address.ToString();
    }

    private string Hash(string name) => Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(name)));
}

/// <summary>The kinds of clients, which have limits of their own.</summary>
internal enum RequestClientKind
{
    /// <summary>A source or a service.</summary>
    Machine = 1,

    /// <summary>A participant, an auditor or an administrator.</summary>
    Person = 2,

    /// <summary>An address that sent no valid token.</summary>
    Address = 3,
}
