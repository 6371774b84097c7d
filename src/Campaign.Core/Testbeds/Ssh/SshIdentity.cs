using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Campaign.Testbeds.Ssh;

/// <summary>A key pair for SSH, of a user or of a host: ECDSA on the curve P-256.</summary>
internal sealed class SshIdentity
{
    private const string Algorithm = "ecdsa-sha2-nistp256";

    private SshIdentity(string privateKey, byte[] publicKey)
    {
        PrivateKey = privateKey;
        PublicKey = publicKey;
    }

    /// <summary>PEM, as sshd and SSH clients read it. It is never written anywhere but where its owner alone can read it.</summary>
    public string PrivateKey { get; }

    /// <summary>As it goes over the wire: RFC 5656, section 3.1.</summary>
    public byte[] PublicKey { get; }

    /// <summary>A line of <c>authorized_keys</c> or <c>known_hosts</c>.</summary>
    public string Line => $"{Algorithm} {Convert.ToBase64String(PublicKey)}";

    /// <summary>Makes a new pair.</summary>
    public static SshIdentity Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        byte[] publicKey =
        [
            .. Counted(Encoding.ASCII.GetBytes(Algorithm)),
            .. Counted("nistp256"u8),
            .. Counted([4, .. point.X!, .. point.Y!]),
        ];
        return new SshIdentity(key.ExportECPrivateKeyPem(), publicKey);
    }

    private static byte[] Counted(ReadOnlySpan<byte> bytes)
    {
        var counted = new byte[4 + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(counted, bytes.Length);
        bytes.CopyTo(counted.AsSpan(4));
        return counted;
    }
}
