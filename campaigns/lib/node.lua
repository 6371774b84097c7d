-- A node with its forwarder, from the templates: what boots below it, which files it needs, how it is started. Thesis, chapter 5.
local node = {}

-- The lowest and the highest rate that the testbed carries.
function node.rates()
  local rates = testbed.rates or { 1000, 5000 }
  return { rates[1], rates[#rates] ~= rates[1] and rates[#rates] or nil }
end

-- The command line of the host. 'stock' keeps its ticks; Debian's kernels before 6.1 cannot do without them and ignore nohz_full.
function node.cmdline(c, options)
  options = options or {}
  return template("host/cmdline", {
    isolated = c.isolation, nohz = c.isolation and c.kernel ~= "stock" and c.os ~= "bullseye", cpus = options.cpus or "2",
    hugepages = 48, poll = testbed.driver ~= "virtual", isolcpus = options.isolcpus,
  })
end

-- Files for a container (or, with node = "metal", for the host itself) that forwards with DPDK or, with kind = "bridge", in the kernel.
function node.files(c, blueprint, options)
  options = options or {}
  local contained = options.node ~= "metal"
  if options.kind == "bridge" then
    return { dut = { ["/run/campaign/forwarder.sh"] = template("forwarder/bridge.sh", {
      nics = { "a", "b" }, keep = c.isolation and blueprint.host_cores or "", packet_cores = c.isolation and blueprint.packet_cores or "",
    }) } }
  end
  local files = {
    ["/run/campaign/nics.sh"] = template("node/nics.sh", { nics = { "a", "b" }, driver = "igb_uio", keep = c.isolation and blueprint.host_cores or "" }),
    ["/run/campaign/forwarder.sh"] = template("forwarder/testpmd.sh", {
      container = contained and blueprint.name or "", isolation = c.isolation, service_cores = blueprint.service_cores,
      packet_cores = blueprint.packet_cores, cores = blueprint.packet_count,
    }),
  }
  if contained then
    files["/var/lib/lxc/" .. blueprint.name .. "/config"] = template("container/lxc", {
      name = blueprint.name, cores = blueprint.cores, isolation = c.isolation, memory_bytes = 1000000000,
      rootfs = "overlay:/run/campaign/image:/run/campaign/" .. blueprint.name .. "/changes", devices = { "/dev/uio0", "/dev/uio1" },
    })
    files["/run/campaign/container.sh"] = template("node/container.sh", {
      name = blueprint.name, image = "/dev/vdb", service_cores = c.isolation and blueprint.service_cores or nil })
    if c.isolation then
      local units = "/run/campaign/" .. blueprint.name .. "/changes/etc/systemd/system/"
      for _, slice in ipairs { "system.slice", "user.slice" } do
        files[units .. slice .. ".d/cpus.conf"] = template("container/slice", { cpus = blueprint.service_cores })
      end
      files[units .. "forwarder.slice"] = template("container/slice", { cpus = blueprint.cores })
    end
  end
  return { dut = files }
end

-- Starts what node.files described; on 'local' the testbed's own forwarder.
function node.start(c, tb, options)
  options = options or {}
  local scripts = { "/run/campaign/forwarder.sh" }
  if options.kind ~= "bridge" then
    if options.node ~= "metal" then table.insert(scripts, 1, "/run/campaign/container.sh") end
    table.insert(scripts, 1, "/run/campaign/nics.sh")
  end
  tb.dut:forward { kind = options.kind, node = options.node, isolation = c.isolation, scripts = scripts }
end

return node
